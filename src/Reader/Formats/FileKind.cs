namespace Tessera.Reader.Formats;

/// <summary>A kind of file that the Reader knows: one line of <see cref="FileKinds"/>.</summary>
/// <param name="Label">What a person calls it, with its article: <c>a PDF</c>.</param>
/// <param name="Signature">What its first bytes must say; <see cref="FileSignature.None"/> for kinds made of text.</param>
/// <param name="Format">Makes the format that reads it; null for archives, which are unpacked.</param>
/// <param name="Endings">Lower case, with the dot.</param>
internal sealed record FileKind(string Label, FileSignature Signature, Func<IFormat>? Format, params string[] Endings);
