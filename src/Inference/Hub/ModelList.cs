using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tessera.Inference.Hub;

/// <summary>Small models that are known to be good, as a start: what they are called on the hub, and nothing that their files or the hub know better. Immutable.</summary>
public static class ModelList
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>All of them, by role and family.</summary>
    public static IReadOnlyList<ListedModel> All { get; } = Read();

    /// <summary>The model of a short name, whatever its case; null where there is none.</summary>
    public static ListedModel? Find(string name) => All.FirstOrDefault(x => x.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static ListedModel[] Read()
    {
        using var stream = typeof(ModelList).Assembly.GetManifestResourceStream(typeof(ModelList), "models.json")!;
        return JsonSerializer.Deserialize<ListedModel[]>(stream, Format)!;
    }
}

/// <summary>A model of the list.</summary>
/// <param name="Name">Short, lower case, such as <c>llama-3.2-1b</c>.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Hub"><c>owner/name</c> on the hub.</param>
/// <param name="File">A glob that fits one file there.</param>
/// <param name="Parameters">How many, such as <c>1.2B</c>.</param>
/// <param name="Licence">Its SPDX identifier where it has one, else the licence's name.</param>
public sealed record ListedModel(string Name, ModelRole Role, string Hub, string File, string Parameters, string Licence)
{
    /// <summary>For <see cref="ModelHub.ResolveAsync"/>.</summary>
    public string Reference => $"{Hub}:{File}";
}
