using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Deals;

internal static class DealsPermissions
{
    public const string Read = "deals:read", Create = "deals:create", Update = "deals:update", Delete = "deals:delete",
        Reopen = "deals:reopen",
        Invoice = "deals:invoice",
        Configure = "deals:configure";

    public const string ReadTransactions = "transactions:read", CreateTransactions = "transactions:create",
        UpdateTransactions = "transactions:update";

    public const string ReadPortfolios = "portfolios:read", CreatePortfolios = "portfolios:create", UpdatePortfolios = "portfolios:update",
        DeletePortfolios = "portfolios:delete";

    public static readonly PermissionDefinition[] All =
    [
        new(Read, "See deals", DefaultRoles.Manager | DefaultRoles.Agent | DefaultRoles.Viewer),
        new(Create, "Add deals", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Update, "Change deals and move them along the pipeline", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Delete, "Delete and restore deals", DefaultRoles.Manager),
        new(Reopen, "Reopen closed deals", DefaultRoles.Manager),
        new(Invoice, "Issue invoices and credit notes", DefaultRoles.Manager),
        new(Configure, "Set VAT, TRN, checklist templates and fee schedules", DefaultRoles.Manager),
        new(ReadTransactions, "See transactions", DefaultRoles.Manager | DefaultRoles.Agent | DefaultRoles.Viewer),
        new(CreateTransactions, "Record transactions", DefaultRoles.Manager | DefaultRoles.Agent),
        new(UpdateTransactions, "Move transactions along their lifecycle", DefaultRoles.Manager | DefaultRoles.Agent),
        new(ReadPortfolios, "See portfolios and their figures", DefaultRoles.Manager | DefaultRoles.Agent | DefaultRoles.Viewer),
        new(CreatePortfolios, "Add portfolios", DefaultRoles.Manager | DefaultRoles.Agent),
        new(UpdatePortfolios, "Change and reconcile portfolios", DefaultRoles.Manager | DefaultRoles.Agent),
        new(DeletePortfolios, "Delete and restore portfolios", DefaultRoles.Manager),
    ];
}
