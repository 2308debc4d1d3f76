namespace RealEstateOs.DevServices;

/// <summary>A server's log file, and what it wrote since we started it.</summary>
internal sealed class ServiceLog
{
    private const long Largest = 10 * 1024 * 1024;
    private readonly long _start;

    public ServiceLog(string dataFolder, string name)
    {
        Directory.CreateDirectory(Path.Combine(dataFolder, "logs"));
        File = Path.Combine(dataFolder, "logs", name);
        var existing = new FileInfo(File);
        if (existing is { Exists: true, Length: > Largest }) System.IO.File.Move(File, File + ".1", overwrite: true);
        else if (existing.Exists) _start = existing.Length;
    }

    public string File { get; }

    public string NewText()
    {
        if (!System.IO.File.Exists(File)) return "";
        using var stream = new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(_start, SeekOrigin.Begin);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
