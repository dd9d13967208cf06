using System.CommandLine;

namespace Tessera.Host.Cli;

/// <summary><c>users</c>: what the operator does for people.</summary>
internal static class UsersCommand
{
    public static Command Create() => new("users", "Help users who cannot sign in.") { UsersResetCommand.Create() };
}
