namespace Tessera.Host.Cli;

/// <summary>One thing that <c>doctor</c> looked at.</summary>
/// <param name="Name">What.</param>
/// <param name="State">How it is.</param>
/// <param name="Detail">What was found and, where it is not well, what to do.</param>
internal sealed record DoctorCheck(string Name, DoctorState State, string Detail);

internal enum DoctorState
{
    Ok,

    /// <summary>Tessera works without it, and does less.</summary>
    Missing,

    /// <summary>Tessera does not work, or not as its publisher made it.</summary>
    Broken,
}
