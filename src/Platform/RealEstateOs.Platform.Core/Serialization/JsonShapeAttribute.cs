namespace RealEstateOs.Platform.Serialization;

/// <summary>
/// What the API's description says of a member that code keeps as JSON, or of a parameter or an id that code reads as something else.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class JsonShapeAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}
