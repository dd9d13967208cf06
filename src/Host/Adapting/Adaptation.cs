using System.Text.Json;
using Tessera.Host.Data;
using Tessera.Rag.Adapting;
using Tessera.Sdk;

namespace Tessera.Host.Adapting;

/// <summary>One time that a domain's models were adapted to a tenant, and what came of it. The last one of a domain is kept, and the one in use.</summary>
internal sealed class Adaptation : ITenantOwned
{
    /// <summary>Version 7, so that ids sort by age. Its job is about it.</summary>
    public required Guid Id { get; init; }

    public required TenantId TenantId { get; init; }

    public required string Domain { get; init; }

    public required AdaptationState State { get; set; }

    /// <summary>The package whose models were gone on from; with another, what was adapted is of no use.</summary>
    public required string PackageSha256 { get; init; }

    /// <summary>How many headings were learned from.</summary>
    public int Learned { get; set; }

    /// <summary>How many answers that people found useful were learned from.</summary>
    public int Rated { get; set; }

    /// <summary>JSON of <see cref="AdaptationFigures"/>; null before the check ended.</summary>
    public string? Figures { get; set; }

    /// <summary>Why it failed or is not used, and the way out.</summary>
    public string? Reason { get; set; }

    /// <summary>Hash of the files; null where nothing was kept.</summary>
    public string? Models { get; set; }

    /// <summary>The key of its index; null where it left the package's embedder as it is.</summary>
    public string? EmbedderKey { get; set; }

    /// <summary>Its models take the place of the package's.</summary>
    public bool InUse { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; set; }

    public AdaptationFigures? ReadFigures() => Figures is null ? null : JsonSerializer.Deserialize<AdaptationFigures>(Figures, JsonSerializerOptions.Web);

    public void Write(AdaptationFigures figures) => Figures = JsonSerializer.Serialize(figures, JsonSerializerOptions.Web);
}

internal enum AdaptationState
{
    Running,

    /// <summary>Better than what was in use: it took its place.</summary>
    Won,

    /// <summary>Not better; nothing of it was kept.</summary>
    Lost,
    Failed,
    Cancelled,
}
