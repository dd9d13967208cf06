using System.Security.Cryptography;
using Microsoft.Extensions.AI;
using Tessera.Sdk;

namespace Tessera.Rag;

/// <summary>What turns a domain's texts into vectors.</summary>
/// <param name="Model">Names the vector space: its hash is known. Vectors of two never stand in one collection.</param>
/// <param name="Generator">Makes the vectors. Safe for concurrent use.</param>
public sealed record DomainEmbedder(ModelRef Model, IEmbeddingGenerator<string, Embedding<float>> Generator)
{
    /// <summary>The embedder of a file, named by the file's hash.</summary>
    public static DomainEmbedder Of(ReadOnlyMemory<byte> file, string name, ReadEmbedder read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return new DomainEmbedder(new ModelRef(name, Convert.ToHexStringLower(SHA256.HashData(file.Span))), read(file, name));
    }
}

/// <summary>Makes an embedder of a file's bytes; throws where it is none.</summary>
/// <param name="file">The bytes.</param>
/// <param name="name">What messages call it.</param>
public delegate IEmbeddingGenerator<string, Embedding<float>> ReadEmbedder(ReadOnlyMemory<byte> file, string name);
