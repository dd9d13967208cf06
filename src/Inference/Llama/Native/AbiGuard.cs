using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Tessera.Inference.Llama.Native;

/// <summary>
/// Compares the structs of this folder with the recorded layout of the release, and the defaults that the loaded library fills in
/// with the recorded ones: a library of another layout shows at once, before a model is loaded with garbage.
/// </summary>
internal static class AbiGuard
{
    private static readonly Dictionary<string, Type> Structs = new[]
    {
        typeof(ModelParams), typeof(ContextParams), typeof(Batch), typeof(TokenData), typeof(TokenDataArray),
    }.ToDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>What differs, as sentences; empty when all is as recorded.</summary>
    public static IReadOnlyList<string> Check(string table, ModelParams modelDefaults, ContextParams contextDefaults)
    {
        var defaults = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [nameof(ModelParams)] = modelDefaults, [nameof(ContextParams)] = contextDefaults,
        };
        return
        [
            .. table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Where(line => line[0] != '#')
                .Select(line => Differs(line.Split(' '), defaults))
                .OfType<string>(),
        ];
    }

    /// <summary>The recorded table of this build's release.</summary>
    public static string ReadTable()
    {
        using var stream = typeof(AbiGuard).Assembly.GetManifestResourceStream(NativeRelease.AbiTable)
            ?? throw new InvalidOperationException($"The layout table {NativeRelease.AbiTable} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [SuppressMessage("Interoperability", "CA1421", Justification = "All fields are numbers: marshalled and managed layout are one.")]
    private static string? Differs(string[] line, Dictionary<string, object> defaults)
    {
        var type = Structs[line[1]];
        var expected = long.Parse(line[^1], CultureInfo.InvariantCulture);
        var found = line[0] switch
        {
            "size" => Marshal.SizeOf(type),
            "offset" => Marshal.OffsetOf(type, line[2]),
            "default" => Convert.ToInt64(Field(type, line[2]).GetValue(defaults[line[1]]), CultureInfo.InvariantCulture),
            _ => throw new InvalidOperationException($"The layout table holds '{line[0]}'."),
        };
        return found == expected ? null : $"{string.Join(' ', line[..^1])} is {found}, not {expected}";
    }

    private static FieldInfo Field(Type type, string name) =>
        type.GetField(name) ?? throw new InvalidOperationException($"{type.Name} has no field {name}.");
}
