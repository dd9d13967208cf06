namespace Tessera.Host.Data;

/// <summary>The database is not one that this version works on; the message says why and the way out.</summary>
internal sealed class SchemaException(string message) : Exception(message);
