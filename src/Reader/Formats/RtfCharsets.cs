using System.Text;

namespace Tessera.Reader.Formats;

/// <summary>Code pages of an RTF file: the file's own and those of its fonts.</summary>
internal sealed class RtfCharsets
{
    private readonly Dictionary<int, Encoding> _fonts = [];
    private int _font;

    /// <summary>The file's code page.</summary>
    public Encoding Default { get; private set; } = CodePage(1252);

    public void SetDefault(int codePage) => Default = CodePage(codePage);

    /// <summary>A font's number begins its entry in the table.</summary>
    public void StartFont(int number) => _font = number;

    /// <summary>The charset of the font whose entry is being read.</summary>
    public void SetCharset(int charset)
    {
        int? page = charset switch
        {
            77 => 10000,
            128 => 932,
            129 => 949,
            130 => 1361,
            134 => 936,
            136 => 950,
            161 => 1253,
            162 => 1254,
            163 => 1258,
            177 => 1255,
            178 => 1256,
            186 => 1257,
            204 => 1251,
            222 => 874,
            238 => 1250,
            _ => null,
        };
        if (page is not null)
        {
            _fonts[_font] = CodePage(page.Value);
        }
    }

    public Encoding Of(int font) => _fonts.GetValueOrDefault(font, Default);

    private static Encoding CodePage(int page)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(page) ?? Encoding.GetEncoding(page);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        }
    }
}
