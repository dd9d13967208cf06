using System.Globalization;

namespace Tessera.Inference.Templates.Jinja;

/// <summary>
/// Values of templates and their Python ways: <c>null</c> is None; the others are <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>,
/// <see cref="JinjaText"/>, <see cref="List{T}"/>, <see cref="JinjaMap"/>, <see cref="JinjaFunction"/> and <see cref="Undefined"/>.
/// </summary>
internal static class JinjaValues
{
    public static object Undefined { get; } = new Missing();

    public static bool IsTrue(object? value) => value switch
    {
        null or Missing => false,
        bool flag => flag,
        long number => number != 0,
        double number => number != 0,
        JinjaText text => text.Length > 0,
        List<object?> list => list.Count > 0,
        JinjaMap map => map.Count > 0,
        _ => true,
    };

    public static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (bool a, bool b) => a == b,
        (long or double or bool, long or double or bool) => Number(left) == Number(right),
        (JinjaText a, JinjaText b) => a.Equals(b),
        (List<object?> a, List<object?> b) => a.Count == b.Count && a.Zip(b).All(pair => AreEqual(pair.First, pair.Second)),
        _ => ReferenceEquals(left, right),
    };

    public static double Number(object? value) => value switch
    {
        bool flag => flag ? 1 : 0,
        long number => number,
        double number => number,
        _ => double.NaN,
    };

    /// <summary>What stands in the output.</summary>
    public static JinjaText Text(object? value) => value switch
    {
        JinjaText text => text,
        null => JinjaText.Trusted("None"),
        Missing => JinjaText.Empty,
        bool flag => JinjaText.Trusted(flag ? "True" : "False"),
        long number => JinjaText.Trusted(number.ToString(CultureInfo.InvariantCulture)),
        double number => JinjaText.Trusted(Real(number)),
        List<object?> or JinjaMap => JinjaJson.Write(value, JinjaJson.Python, indent: null),
        _ => JinjaText.Empty,
    };

    public static string Real(double number) => double.IsInteger(number) && Math.Abs(number) < 1e16
        ? number.ToString("0.0", CultureInfo.InvariantCulture)
        : number.ToString("R", CultureInfo.InvariantCulture);

    private sealed class Missing;
}
