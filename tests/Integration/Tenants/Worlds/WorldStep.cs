using CsCheck;

namespace Tessera.Integration.Tenants.Worlds;

/// <summary>One thing that somebody of a tenant does in a world.</summary>
/// <param name="Act">What.</param>
/// <param name="Who">Which tenant; counted round those that there are.</param>
/// <param name="Whose">Which other tenant it is aimed at.</param>
/// <param name="Pick">Which name, text or thing.</param>
internal sealed record WorldStep(WorldAct Act, int Who, int Whose, int Pick)
{
    public const int Steps = 50;

    private static readonly WorldAct[] Acts = [.. Enum.GetValues<WorldAct>().SelectMany(act => Enumerable.Repeat(act, OftenOf(act)))];

    /// <summary>Worlds of 2 to 8 tenants in which so much happens.</summary>
    public static readonly Gen<(int Tenants, WorldStep[] Steps)> Worlds = Gen.Select(
        Gen.Int[2, 8],
        Gen.Select(Gen.Int[0, Acts.Length - 1], Gen.Int[0, 7], Gen.Int[0, 6], Gen.Int[0, 9_999])
            .Select((act, who, whose, pick) => new WorldStep(Acts[act], who, whose, pick)).Array[Steps]);

    // Writers make what the others find; a tenant that is gone does nothing any more.
    private static int OftenOf(WorldAct act) => act switch
    {
        WorldAct.Upload => 8,
        WorldAct.Trespass => 6,
        WorldAct.Search or WorldAct.Ask or WorldAct.Delete => 3,
        WorldAct.Forge => 2,
        _ => 1,
    };
}
