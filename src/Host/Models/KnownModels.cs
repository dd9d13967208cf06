using Tessera.Inference.Hub;

namespace Tessera.Host.Models;

/// <summary>The built-in list of models that are known to do well.</summary>
internal static class KnownModels
{
    public static IReadOnlyList<SuggestedModel> All { get; } =
        [.. ModelList.All.Select(one => new SuggestedModel(one.Name, one.Role, one.Reference, one.Parameters, one.Licence))];
}
