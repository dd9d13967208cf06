using System.CommandLine;

namespace Tessera.Host.Cli;

/// <summary><c>users reset</c>: a new password, shown once; all sessions of the user end.</summary>
internal static class UsersResetCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "Name of the user." };

    public static Command Create()
    {
        var command = new Command("reset", "Gives a user a new password and ends all of their sessions.") { Name };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var server = await ServerConnection.OpenAsync(parsed, cancellationToken);
        var name = parsed.GetRequiredValue(Name);
        var user = await server.PostAsync("/api/v1/admin/password-resets", new { name }, cancellationToken);
        if (parsed.GetValue(GlobalOptions.Json))
        {
            Replies.Print(user);
        }
        else
        {
            Console.WriteLine($"User: {user!["name"]}");
            Console.WriteLine($"Password: {user["password"]}   (shown this once)");
        }

        return ExitCode.Ok;
    }
}
