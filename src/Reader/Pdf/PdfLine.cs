namespace Tessera.Reader.Pdf;

/// <summary>A line of a page, as printed.</summary>
/// <param name="Page">1-based.</param>
/// <param name="Text">Never empty; ligatures are letters.</param>
/// <param name="Size">Size of most of its letters, in points.</param>
/// <param name="Bold">Nearly all its letters are bold.</param>
/// <param name="Begins">A paragraph begins here: more space above than between lines, another column, another page.</param>
internal sealed record PdfLine(int Page, string Text, double Size, bool Bold, bool Begins);
