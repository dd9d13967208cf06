namespace Tessera.Training.Data;

/// <summary>A file that was read.</summary>
/// <param name="Name">Without its folder.</param>
/// <param name="Lines">How many of its lines were learned from.</param>
/// <param name="Sha256">In lower-case hexadecimal digits.</param>
internal sealed record TrainingInput(string Name, int Lines, string Sha256);
