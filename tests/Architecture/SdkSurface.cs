using PublicApiGenerator;
using Tessera.Sdk;

namespace Tessera.Architecture;

/// <summary>What plugin authors see changes only in review.</summary>
public sealed class SdkSurface
{
    [Fact]
    public void Public_api_equals_its_recorded_list()
    {
        var surface = typeof(DomainModule).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var recorded = Path.Combine(House.Root, "src", "Sdk", "PublicApi.txt");
        if (Environment.GetEnvironmentVariable("TESSERA_RECORD") == "1")
        {
            File.WriteAllText(recorded, surface);
        }

        Assert.Equal(File.ReadAllText(recorded), surface);
    }

    [Fact]
    public void Assembly_version_is_pinned_for_all_of_one() =>
        Assert.Equal(new Version(1, 0, 0, 0), typeof(DomainModule).Assembly.GetName().Version);
}
