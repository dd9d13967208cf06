using Tessera.Inference.Static;
using Tessera.Modules.Code;
using Tessera.Modules.Legal;
using Tessera.Modules.Medical;
using Tessera.Rag;
using Tessera.Sdk;

namespace Tessera.Evals;

/// <summary>The domains that sets are asked of, with what they learned; general sets are asked of medicine.</summary>
internal static class Domains
{
    /// <summary>The roles of the domain that a set is asked of.</summary>
    public static DomainRoles RolesOf(string set)
    {
        DomainModule module = set.Split('/')[0] switch { "legal" => new LegalModule(), "code" => new CodeModule(), _ => new MedicalModule() };
        return DomainRoles.Of(module, DomainModels.Read(Path.Combine(SharedFolder.Root, "src", "Modules", module.Profile.Name), module.Profile, StaticEmbedder.Load));
    }
}
