using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Tessera.Host.Models;
using Tessera.Sdk;

namespace Tessera.Host.Plugins.Packages;

/// <summary>Reads and writes <c>plugin.json</c>. Unknown, doubled and missing members are refused: a manifest is signed as a whole.</summary>
internal static class PackageManifest
{
    private const int Longest = 1024 * 1024;

    private static readonly Regex Id = new("^[a-z][a-z0-9-]{1,31}$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static readonly Regex Type = new(@"^[\w.+]{1,300}$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = false,
        WriteIndented = true,
        NewLine = "\n",
        AllowTrailingCommas = false,
    };

    public static bool IsId(string id) => Id.IsMatch(id);

    public static byte[] Write(PluginManifest manifest) => JsonSerializer.SerializeToUtf8Bytes(manifest, Json);

    /// <summary>Reads a manifest; lists that are left out are empty.</summary>
    /// <exception cref="PackageRefusedException"><c>bad-manifest</c>, with the member that is wrong.</exception>
    public static PluginManifest Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Longest)
        {
            throw Bad("it is longer than 1 MB");
        }

        PluginManifest manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<PluginManifest>(bytes, Json) ?? throw Bad("it is empty");
        }
        catch (JsonException failure)
        {
            throw Bad(failure.Message);
        }

        // The serializer leaves null what the file leaves out.
        manifest = manifest with
        {
            Models = manifest.Models ?? new Dictionary<string, ModelRef>(),
            Files = manifest.Files ?? [],
            Permissions = manifest.Permissions ?? [],
        };
        Check(manifest);
        return manifest;
    }

    private static void Check(PluginManifest manifest)
    {
        Require(manifest.Id is { } id && IsId(id), "'id' is not 2 to 32 of a-z, 0-9 and '-', beginning with a letter");
        Require(PluginVersion.TryParse(manifest.Version, out _), "'version' is not major.minor.patch");
        Require(SdkRange.TryParse(manifest.SdkRange, out _), "'sdkRange' is not a range such as [1.0,2.0)");
        Require(
            manifest.Assembly is { } assembly && assembly.EndsWith(".dll", StringComparison.Ordinal) && !assembly.Contains('/', StringComparison.Ordinal),
            "'assembly' is not the file name of a .dll");
        Require(manifest.EntryType is { } type && Type.IsMatch(type), "'entryType' is not the full name of a type");
        Require(manifest.Name is null or { Length: > 0 and <= 100 }, "'name' is empty or longer than 100 characters");
        Require(manifest.Description is null or { Length: <= 1000 }, "'description' is longer than 1,000 characters");
        Require(manifest.Files.All(file => file is { Path: not null, Sha256.Length: 64, Length: >= 0 }), "'files' has an entry without path, sha256 or length");
        Require(manifest.Permissions.All(permission => permission is not null), "'permissions' has an empty entry");
        Require(manifest.Models.Keys.All(role => ModelRoles.Find(role) is not null), $"'models' has a role that is none of {ModelRoles.Allowed}");
        Require(manifest.Models.Values.All(model => model?.Name is { } name && ModelName.Problem(name) is null), "'models' has an entry without a name that a model may have");
        Require(
            manifest.Models.Values.All(model => IsHash(model.Sha256) && IsHash(model.AdapterSha256)),
            "'models' has a 'sha256' or an 'adapterSha256' that is not 64 lower-case hex digits");
        Require(
            manifest.Evaluation is null or { Path.Length: > 0, MinimumPassed: >= 0 and <= 1 },
            "'evaluation' has no path, or a 'minimumPassed' that is not between 0 and 1");
    }

    private static bool IsHash(string? hash) => hash is null || (hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower));

    private static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw Bad(problem);
        }
    }

    private static PackageRefusedException Bad(string problem) =>
        new("bad-manifest", $"The package's plugin.json is not right: {problem}.");
}
