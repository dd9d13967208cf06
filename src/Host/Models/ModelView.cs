namespace Tessera.Host.Models;

/// <summary>An installed model as platform administrators see it.</summary>
/// <param name="Name">As settings, manifests and receipts name it.</param>
/// <param name="Role">chat, embedding or reranker.</param>
/// <param name="IsDefault">Used for its role where neither a tenant nor a domain names another.</param>
/// <param name="State">Ready, Missing or Broken.</param>
/// <param name="Reason">Why it is not ready.</param>
/// <param name="Sha256">Of the file, lower-case hex.</param>
/// <param name="Bytes">Of the file.</param>
/// <param name="Architecture">Family, as llama.cpp names it.</param>
/// <param name="Parameters">Weights.</param>
/// <param name="Quantisation">How most of the weights are stored.</param>
/// <param name="ContextTokens">Tokens that it was made to read.</param>
/// <param name="MemoryBytes">What it takes when it is loaded.</param>
/// <param name="Licence">As the file or the hub names it.</param>
/// <param name="Source">owner/name:file where it was pulled.</param>
public sealed record ModelView(
    string Name, string Role, bool IsDefault, string State, string? Reason, string Sha256, long Bytes, string Architecture, long Parameters,
    string Quantisation, int ContextTokens, long MemoryBytes, string? Licence, string? Source, DateTimeOffset AddedAt)
{
    internal static ModelView Of(InstalledModel row) => new(
        row.Name, ModelRoles.Text(row.Role), row.IsDefault, row.State.ToString(), row.Reason, row.Sha256, row.Bytes, row.Architecture, row.Parameters,
        row.Quantisation, row.ContextTokens, row.MemoryBytes, row.Licence, row.Source, row.AddedAt);
}
