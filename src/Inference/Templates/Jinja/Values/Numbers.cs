using System.Globalization;

namespace Tessera.Inference.Templates.Jinja.Values;

/// <summary>A number of either kind.</summary>
/// <param name="Exact">Its value where it is an integer.</param>
/// <param name="AsDouble">Its value.</param>
internal readonly record struct Number(long? Exact, double AsDouble) : IComparable<Number>
{
    public int CompareTo(Number other) =>
        Exact is { } left && other.Exact is { } right ? left.CompareTo(right) : AsDouble.CompareTo(other.AsDouble);

    public static bool operator <(Number left, Number right) => left.CompareTo(right) < 0;

    public static bool operator >(Number left, Number right) => left.CompareTo(right) > 0;

    public static bool operator <=(Number left, Number right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Number left, Number right) => left.CompareTo(right) >= 0;
}

/// <summary>Numbers as Python sees and writes them.</summary>
internal static class Numbers
{
    /// <summary>The number that a value is; a boolean is 0 or 1.</summary>
    public static Number? Find(Value value) => value switch
    {
        Whole whole => new Number(whole.Number, whole.Number),
        Real real => new Number(null, real.Number),
        Flag flag => new Number(flag.IsTrue ? 1 : 0, flag.IsTrue ? 1 : 0),
        _ => null,
    };

    public static string Write(double number)
    {
        if (double.IsNaN(number) || double.IsInfinity(number))
        {
            return double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        }

        var sign = double.IsNegative(number) ? "-" : "";
        var parts = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal) is var at and >= 0 ? at : parts[0].Length;
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var power = point - 1 - (all.Length - digits.Length) + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        digits = digits.TrimEnd('0');
        return digits.Length == 0 ? sign + "0.0" : sign + Layout(digits, power);
    }

    /// <summary>The shortest digits that mean the number, laid out as Python's repr does.</summary>
    private static string Layout(string digits, int power)
    {
        if (power is < -4 or >= 16)
        {
            var mantissa = digits.Length > 1 ? $"{digits[0]}.{digits[1..]}" : digits;
            return $"{mantissa}e{(power < 0 ? '-' : '+')}{Math.Abs(power).ToString("00", CultureInfo.InvariantCulture)}";
        }

        if (power < 0)
        {
            return $"0.{new string('0', -power - 1)}{digits}";
        }

        var padded = digits.PadRight(power + 1, '0');
        return $"{padded[..(power + 1)]}.{(padded.Length > power + 1 ? padded[(power + 1)..] : "0")}";
    }
}
