using System.Text.Json.Serialization;

namespace Tessera.Host.OpenAi;

/// <summary>Something that <c>model</c> may name.</summary>
/// <param name="Id">A domain's id, <c>auto</c>, or an installed model's name.</param>
/// <param name="OwnedBy"><c>tessera</c>: a domain, answers with citations. <c>local</c>: a bare model.</param>
internal sealed record NamedModelView(string Id, string Object, long Created, [property: JsonPropertyName("owned_by")] string OwnedBy);
