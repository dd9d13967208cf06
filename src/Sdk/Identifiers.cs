namespace Tessera.Sdk;

/// <summary>One organisation. Nothing of one tenant ever reaches another.</summary>
public readonly record struct TenantId(Guid Value)
{
    /// <inheritdoc />
    public override string ToString() => Value.ToString("D");
}

/// <summary>One document of one tenant; stays the same over all its revisions.</summary>
public readonly record struct DocumentId(Guid Value)
{
    /// <inheritdoc />
    public override string ToString() => Value.ToString("D");
}
