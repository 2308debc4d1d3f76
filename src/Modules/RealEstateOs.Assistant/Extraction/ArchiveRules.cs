using System.IO.Compression;

namespace RealEstateOs.Assistant.Extraction;

/// <summary>
/// DOCX and XLSX are ZIP archives, and a small one may unpack to anything. Each entry is unpacked once, to nowhere, and counted: what its
/// header claims is not believed.
/// </summary>
internal static class ArchiveRules
{
    public const long MostBytes = 200L * 1024 * 1024;
    public const int MostEntries = 5_000;

    /// <summary>
    /// Above this size an archive that grows more than so many times is refused; texts grow tenfold, and repetitive tables more.
    /// </summary>
    public const int MostGrowth = 150;
    private const long SmallBytes = 20L * 1024 * 1024;

    /// <summary>What is wrong with the archive; null where it may be opened.</summary>
    public static string? FaultOf(Stream content)
    {
        try
        {
            using var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.Entries.Count > MostEntries) return $"has more than {MostEntries} entries";
            var most = Math.Min(MostBytes, Math.Max(SmallBytes, content.Length * MostGrowth));
            var chunk = new byte[64 * 1024];
            long total = 0;
            foreach (var entry in archive.Entries)
            {
                using var unpacked = entry.Open();
                for (int read; (read = unpacked.Read(chunk)) > 0;)
                    if ((total += read) > most) return "unpacks to much more than a document holds";
            }
            return null;
        }
        catch (InvalidDataException)
        {
            return "is a broken archive";
        }
        finally
        {
            content.Position = 0;
        }
    }
}
