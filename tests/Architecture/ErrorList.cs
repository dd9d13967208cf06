using System.Reflection;
using System.Text.RegularExpressions;
using Tessera.Host.Errors;

namespace Tessera.Architecture;

/// <summary><c>docs/errors.md</c> lists what callers may meet, neither less nor more.</summary>
public sealed class ErrorList
{
    private static readonly Regex Row = new(@"^\| `([a-z-]+)` \| (\d{3}) \| ([^|]+) \| ([^|]+) \|$", RegexOptions.NonBacktracking | RegexOptions.Multiline);

    [Fact]
    public void Document_equals_the_list() => Assert.Equal(
        ErrorCode.All.Select(code => (code.Code, code.Status, code.Title)),
        Row.Matches(House.Read("docs/errors.md")).Select(row => (
            row.Groups[1].Value, int.Parse(row.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture), row.Groups[3].Value)));

    [Fact]
    public void List_holds_every_code_once()
    {
        var codes = typeof(ErrorCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (ErrorCode)field.GetValue(null)!).ToList();
        Assert.True(codes.Count > 20);
        Assert.Equal(codes, ErrorCode.All);
        Assert.Equal(codes.Count, codes.Select(code => code.Code).Distinct().Count());
    }
}
