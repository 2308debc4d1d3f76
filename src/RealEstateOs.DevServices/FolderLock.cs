namespace RealEstateOs.DevServices;

/// <summary>One start or stop at a time for each data folder, across processes; the kernel frees it when its holder dies.</summary>
internal static class FolderLock
{
    public static async Task<FileStream> TakeAsync(string dataFolder, CancellationToken ct)
    {
        var file = Path.Combine(dataFolder, "services.lock");
        for (var tries = 0; ; tries++)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(file) && tries < 2_400)
            {
                await Task.Delay(50, ct);
            }
            catch (IOException)
            {
                throw new PrivateServicesException($"Another process holds {file}, or the disk is full.");
            }
            catch (UnauthorizedAccessException)
            {
                throw new PrivateServicesException($"{dataFolder} belongs to another user: start as that user, or remove the folder.");
            }
        }
    }
}
