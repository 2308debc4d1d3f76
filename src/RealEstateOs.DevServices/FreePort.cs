using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace RealEstateOs.DevServices;

internal static class FreePort
{
    // Below the range from which Linux takes the ports of outgoing connections.
    private const int First = 20_000;
    private const int Count = 12_000;

    /// <summary>The remembered port if it is free, else one that differs from folder to folder.</summary>
    public static int Choose(int remembered, string folder)
    {
        if (remembered > 0 && IsFree(remembered)) return remembered;
        var start = BinaryPrimitives.ReadUInt16LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(folder))) % Count;
        for (var step = 0; step < Count; step++)
        {
            var port = First + ((start + step) % Count);
            if (port != remembered && IsFree(port)) return port;
        }

        throw new PrivateServicesException($"No port is free between {First} and {First + Count - 1}.");
    }

    public static async Task<bool> AnswersAsync(int port, CancellationToken ct)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, ct);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
