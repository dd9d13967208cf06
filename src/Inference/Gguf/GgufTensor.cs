namespace Tessera.Inference.Gguf;

/// <summary>One tensor of a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its sizes, the row first.</param>
/// <param name="Type">How it is stored.</param>
/// <param name="Offset">Where it begins, from the start of the tensors' part.</param>
/// <param name="Bytes">What it takes.</param>
public sealed record GgufTensor(string Name, IReadOnlyList<long> Shape, TensorType Type, long Offset, long Bytes);

/// <summary>A list in a file's header; its values are kept only where they are few numbers.</summary>
/// <param name="Count">How many values there are.</param>
/// <param name="OfStrings">Whether they are strings.</param>
/// <param name="Numbers">The values, where they are at most 1,024 whole numbers; else empty.</param>
public sealed record GgufList(long Count, bool OfStrings, IReadOnlyList<long> Numbers);
