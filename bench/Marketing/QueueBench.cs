using System.Diagnostics;
using System.Text.Json;
using RealEstateOs.Bench.Outreach;
using SkiaSharp;

namespace RealEstateOs.Bench.Marketing;

/// <summary>Assets as they are ordered, by the whole product in this process: how long they take, and what host and browser hold.</summary>
internal static class QueueBench
{
    private const int EachOrder = 20;

    public static async Task RunAsync(int count)
    {
        var orders = (count + EachOrder - 1) / EachOrder;
        await using var host = await BenchHost.StartAsync(_ => { }, ("RateLimits:Enabled", "false"),
            ("RateLimits:Plans:standard:AssetsPerHour", "100000"));
        var property = (await host.SendAsync(HttpMethod.Post, "/properties", new { address = "Bench House", city = "Dubai",
            community = "Dubai Marina", property_type = "apartment", price = 2_450_000, currency = "AED", bedrooms = 2, square_feet = 1180,
            country = "AE" })).GetProperty("id").GetInt64();
        for (var i = 0; i < 6; i++) await AddPhotoAsync(host, property, i);
        await MakeAsync(host, property, 1); // warm
        using var memory = new MemoryOfAll();
        var clock = Stopwatch.StartNew();
        await MakeAsync(host, property, orders);
        var took = clock.Elapsed;
        Console.WriteLine($"{orders * EachOrder} assets in {took.TotalSeconds:F1} s ({orders * EachOrder / took.TotalSeconds:F1}/s);"
            + $" host and browser together at most {memory.Most / (1024 * 1024.0):F0} MB (proportional set size)");
    }

    private static async Task MakeAsync(BenchHost host, long property, int orders)
    {
        var jobs = new List<string>();
        for (var i = 0; i < orders; i++)
        {
            var campaign = (await host.SendAsync(HttpMethod.Post, "/marketing/campaigns",
                new { name = $"Bench {Guid.NewGuid():n}", property_id = property, channels = new[] { "social", "flyer" } }))
                .GetProperty("id").GetString();
            var started = await host.SendAsync(HttpMethod.Post, $"/marketing/campaigns/{campaign}/assets/generate", new
            {
                asset_types = new[] { "social_graphics", "pdf_flyer" }, languages = new[] { "en", "ar" },
                format_options = new { social_graphics = new { platforms = new[] { "instagram", "facebook", "linkedin" } } },
            });
            jobs.Add(started.GetProperty("generation_job_id").GetString()!);
        }
        foreach (var job in jobs)
            for (JsonElement status; ; await Task.Delay(100))
            {
                status = await host.SendAsync(HttpMethod.Get, $"/marketing/assets/{job}/status");
                if (status.GetProperty("assets_failed").GetInt32() > 0) throw new InvalidOperationException($"An asset failed: {status}");
                if (status.GetProperty("assets_ready").GetInt32() == EachOrder) break;
            }
    }

    private static async Task AddPhotoAsync(BenchHost host, long property, int number)
    {
        using var surface = SKSurface.Create(new SKImageInfo(2400, 1600));
        using var paint = new SKPaint { Shader = SKShader.CreatePerlinNoiseFractalNoise(0.02f, 0.02f, 5, number) };
        surface.Canvas.DrawPaint(paint);
        using var image = surface.Snapshot();
        using var jpeg = image.Encode(SKEncodedImageFormat.Jpeg, 86);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(jpeg.ToArray()), "file", $"photo-{number}.jpg" } };
        using var answer = await host.Client.PostAsync($"/api/v1/properties/{property}/images", form);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>
    /// The most memory of this process and all below it, looked at five times a second; pages that are shared count in parts.
    /// </summary>
    private sealed class MemoryOfAll : IDisposable
    {
        private readonly CancellationTokenSource end = new();
        private readonly Task looking;
        private long most;

        public MemoryOfAll() => looking = Task.Run(LookAsync);

        public long Most => Interlocked.Read(ref most);

        private async Task LookAsync()
        {
            while (!end.IsCancellationRequested)
            {
                most = Math.Max(most, Family(Environment.ProcessId).Sum(Pss));
                await Task.Delay(200);
            }
        }

        private static IEnumerable<int> Family(int root)
        {
            var parents = Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(n => int.TryParse(n, out _)).Select(int.Parse!)
                .Select(id => (Id: id, Parent: ParentOf(id))).ToLookup(p => p.Parent, p => p.Id);
            var family = new List<int> { root };
            for (var i = 0; i < family.Count; i++) family.AddRange(parents[family[i]]);
            return family;
        }

        private static int ParentOf(int process)
        {
            try
            {
                var stat = File.ReadAllText($"/proc/{process}/stat");
                return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1]);
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                return 0;
            }
        }

        private static long Pss(int process)
        {
            try
            {
                var line = File.ReadLines($"/proc/{process}/smaps_rollup")
                    .FirstOrDefault(l => l.StartsWith("Pss:", StringComparison.Ordinal));
                return line is null ? 0 : 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                return 0;
            }
        }

        public void Dispose()
        {
            end.Cancel();
            looking.Wait();
            end.Dispose();
        }
    }
}
