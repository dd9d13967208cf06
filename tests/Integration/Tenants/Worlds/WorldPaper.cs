namespace Tessera.Integration.Tenants.Worlds;

/// <summary>A document in its newest revision.</summary>
internal sealed record WorldPaper(Guid Id, string Text);
