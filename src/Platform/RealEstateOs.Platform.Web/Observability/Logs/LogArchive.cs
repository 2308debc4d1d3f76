using System.IO.Compression;
using Serilog.Sinks.File;

namespace RealEstateOs.Platform.Observability.Logs;

/// <summary>Compresses what the file sink is about to delete, and deletes the oldest archives in its place.</summary>
internal sealed class LogArchive(int keptArchives) : FileLifecycleHooks
{
    public override void OnFileDeleting(string path)
    {
        if (keptArchives == 0) return;
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(path)!, "archive"));
        var name = Path.GetFileName(path);
        using (var plain = File.OpenRead(path))
        using (var compressed = new GZipStream(File.Create(Path.Combine(folder.FullName, name + ".gz")), CompressionLevel.Optimal))
            plain.CopyTo(compressed);

        var family = name[..(name.IndexOf('-', StringComparison.Ordinal) + 1)];
        foreach (var old in folder.GetFiles(family + "*.gz").OrderByDescending(file => file.Name,
            StringComparer.Ordinal).Skip(keptArchives))
            old.Delete();
    }
}
