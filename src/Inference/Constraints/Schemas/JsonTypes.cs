namespace Tessera.Inference.Constraints.Schemas;

/// <summary>Kinds of JSON values. A number may be whole: <c>number</c> is <see cref="Fraction"/> and <see cref="Integer"/> together.</summary>
[Flags]
internal enum JsonTypes
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Object = 4,
    Array = 8,
    String = 16,
    Integer = 32,
    Fraction = 64,
    Number = Integer | Fraction,
    All = Null | Boolean | Object | Array | String | Number,
}
