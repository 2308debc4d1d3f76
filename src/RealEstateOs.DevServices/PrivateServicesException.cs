namespace RealEstateOs.DevServices;

/// <summary>The private services cannot run; the message is one line that an operator can act on.</summary>
public sealed class PrivateServicesException : Exception
{
    public PrivateServicesException()
    {
    }

    public PrivateServicesException(string message)
        : base(message)
    {
    }

    public PrivateServicesException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
