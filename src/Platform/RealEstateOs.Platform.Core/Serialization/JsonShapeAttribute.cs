namespace RealEstateOs.Platform.Serialization;

/// <summary>What clients find in a member that code keeps as JSON; without this, an object that they fill as they like.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class JsonShapeAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}
