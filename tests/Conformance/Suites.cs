using System.Reflection;
using Tessera.Rag.Retrieval;

namespace Tessera.Conformance;

/// <summary>Which stores of chunks have a runner of the suite.</summary>
public static class Suites
{
    /// <summary>The stores of some assemblies; tests and their offenders included.</summary>
    public static IReadOnlyList<Type> Stores(params IEnumerable<Assembly> assemblies) =>
        [.. assemblies.SelectMany(x => x.GetTypes()).Where(x => x is { IsClass: true, IsAbstract: false } && x.IsAssignableTo(typeof(IChunkStores)))];

    /// <summary>Those of the stores that no test class of an assembly runs the suite for.</summary>
    public static IEnumerable<Type> Missing(IEnumerable<Type> stores, Assembly tests) => stores.Except(
        from type in tests.GetTypes()
        where type is { IsAbstract: false, IsPublic: true }
        from ancestor in Ancestors(type)
        where ancestor.IsGenericType && ancestor.GetGenericTypeDefinition() == typeof(ChunkStoreConformance<>)
        select ancestor.GetGenericArguments()[0]);

    private static IEnumerable<Type> Ancestors(Type type)
    {
        for (var above = type.BaseType; above is not null; above = above.BaseType)
        {
            yield return above;
        }
    }
}
