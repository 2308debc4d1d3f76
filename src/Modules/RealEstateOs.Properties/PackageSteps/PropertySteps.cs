using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Workflows;
using RealEstateOs.Properties.Activities;
using RealEstateOs.Properties.Listings;

namespace RealEstateOs.Properties.PackageSteps;

/// <summary>The steps that this module brings to workflow packages.</summary>
internal static class PropertySteps
{
    public static IServiceCollection AddPropertySteps(this IServiceCollection services) => services
        .AddWorkflowStep<ListingPreparation, ListingPreparationInput>(
            "listing_preparation", "Listing preparation", "Puts the listing price on the property and names what it still lacks.",
            PropertiesPermissions.Update)
        .AddWorkflowStep<PhotographySchedule, PhotographyInput>(
            "photography_schedule", "Photography schedule", "Plans the photographer's visit as an activity of the property.",
            PropertiesPermissions.Update);

    public static async Task<Property> RequireAsync(this PropertiesDb db, PropertyId id, CurrentUser user, CancellationToken ct) =>
        await db.FindAsync(id, user, PropertiesPermissions.Update, ct)
            ?? throw Problem.Invalid(FieldError.Format("property_id", "names no property that you may change"));
}

internal sealed record ListingPreparationInput
{
    public required PropertyId PropertyId { get; init; }
    public decimal? ListingPrice { get; init; }
}

internal sealed class ListingPreparation(PropertiesDb db, CurrentUser user) : IWorkflowStep<ListingPreparationInput>
{
    public async Task<StepResult> RunAsync(ListingPreparationInput input, StepContext context, CancellationToken ct)
    {
        if (input.ListingPrice is < 0 or >= 1_000_000_000_000_000m) throw Problem.Invalid(FieldError.Range("listing_price", "is no price"));
        var property = await db.RequireAsync(input.PropertyId, user, ct);
        var before = property.Price;
        if (input.ListingPrice is { } price && price != before)
        {
            property.Price = price;
            db.AddTimeline(property, "price_changed", "Listing Price Set",
                string.Create(CultureInfo.InvariantCulture, $"{price:#,0.##} {property.Currency} by {context.PackageName}"));
        }
        await db.SaveAsync(property, user.Id, ct);
        var missing = new (string Name, bool IsThere)[]
        {
            ("description", !string.IsNullOrWhiteSpace(property.Description)), ("square_feet", property.SquareFeet is not null),
            ("bedrooms", property.Bedrooms is not null),
            ("property_type", property.PropertyType is not null), ("community", !string.IsNullOrWhiteSpace(property.Community)),
            ("permit_number", property.PermitNumber is not null),
        }.Where(m => !m.IsThere).Select(m => m.Name).ToArray();
        return StepResult.Done(new { price = property.Price, previous_price = before, currency = property.Currency, missing },
            new Deliverable("Property Listing", property.Id.Reference()));
    }
}

internal sealed record PhotographyInput
{
    public required PropertyId PropertyId { get; init; }
    /// <summary>With drone and twilight pictures.</summary>
    public bool? Premium { get; init; }
    /// <summary>Two days from now, or tomorrow where it is urgent.</summary>
    public bool? Rush { get; init; }
}

/// <summary>Undone, the activity goes again.</summary>
internal sealed class PhotographySchedule(PropertiesDb db, IOrganizationDirectory organizations, CurrentUser user, TimeProvider clock)
    : IUndoableStep<PhotographyInput>
{
    public async Task<StepResult> RunAsync(PhotographyInput input, StepContext context, CancellationToken ct)
    {
        var property = await db.RequireAsync(input.PropertyId, user, ct);
        var due = WorkingDay(DateOnly.FromDateTime(clock.Now().UtcDateTime).AddDays(input.Rush == true ? 1 : 2));
        var words = new PhotographyWords(PageWords.IsArabicTag((await organizations.DefaultsAsync(ct)).Locale));
        var activity = new PropertyActivity
        {
            PropertyId = property.Id, ActivityType = "photography",
            Description = words.Say("task", words[input.Premium == true ? "premium" : "plain"], words.Day(due)),
            Metadata = JsonSerializer.SerializeToElement(
                new { due_on = due, premium = input.Premium == true, execution = context.Reference, step = context.StepName },
                Json.Options),
        };
        db.Add(activity);
        db.AddTimeline(property, "activity_added", "Photography Planned", activity.Description);
        await db.SaveChangesAsync(ct);
        return StepResult.Done(new { activity_id = activity.Id, due_on = due, premium = input.Premium == true },
            new Deliverable("Photography Schedule", activity.Id.Reference()));
    }

    public async Task UndoAsync(PhotographyInput input, JsonElement? output, StepContext context, CancellationToken ct)
    {
        if (output is not { } made) return;
        var id = new PropertyActivityId(made.GetProperty("activity_id").GetInt64());
        if (await db.Activities.FindAsync([id], ct) is not { } activity) return;
        db.Remove(activity);
        await db.SaveChangesAsync(ct);
    }

    private static DateOnly WorkingDay(DateOnly day) => day.DayOfWeek == DayOfWeek.Sunday ? day.AddDays(1) : day;
}

internal sealed class PhotographyWords(bool arabic) : PageWords(arabic, Texts)
{
    private static readonly (string Key, string En, string Ar)[] Texts =
    [
        ("task", "Have {0} done by {1}.", "المطلوب {0} في موعد أقصاه {1}."),
        ("plain", "photography (interior, exterior)", "تصوير (من الداخل والخارج)"),
        ("premium", "premium photography (interior, exterior, drone, twilight)",
            "تصوير متميّز (من الداخل والخارج، وبالطائرة المسيّرة، وعند الغروب)"),
    ];
}
