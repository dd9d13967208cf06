using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Stores;

/// <summary>What a collection is told by.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Domain">A domain's id.</param>
/// <param name="Model">The embedding model's hash, and its adapter's behind a hyphen; empty without a model.</param>
internal sealed record CollectionKey(TenantId Tenant, string Domain, string Model)
{
    /// <exception cref="ArgumentException">The domain's id is none, or the model's hash is not known yet.</exception>
    public static CollectionKey Of(TenantId tenant, string domain, ModelRef? model) => new(tenant, Checked(domain), ModelPart(model));

    /// <summary>The id, where it is one that a domain can have.</summary>
    /// <exception cref="ArgumentException">It is not: it could name another's collection, or a path.</exception>
    public static string Checked(string domain)
    {
        var fits = domain.Length is >= 2 and <= 32
            && char.IsAsciiLetterLower(domain[0])
            && domain.All(unit => char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit) || unit == '-');
        return fits ? domain : throw new ArgumentException("Not the id of a domain.", nameof(domain));
    }

    private static string ModelPart(ModelRef? model)
    {
        if (model is null)
        {
            return "";
        }

        var hash = model.Sha256 ?? throw new ArgumentException($"The hash of model '{model.Name}' is not known yet.", nameof(model));
        string[] hashes = model.AdapterSha256 is { } adapter ? [hash, adapter] : [hash];
        return Array.TrueForAll(hashes, IsHash)
            ? string.Join('-', hashes)
            : throw new ArgumentException($"The hash of model '{model.Name}' is not lower-case hex.", nameof(model));

        static bool IsHash(string text) => text.Length > 0 && text.All(char.IsAsciiHexDigitLower);
    }
}
