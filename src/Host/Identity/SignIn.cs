using System.Security.Cryptography;
using Mediator;
using Microsoft.AspNetCore.Identity;

namespace Tessera.Host.Identity;

/// <summary>A name and a password. The reply takes the same work whether the name exists or not.</summary>
internal sealed record SignIn(string Name, string Password) : IRequest<SignInOutcome>;

/// <summary>How a sign-in ended. Closed.</summary>
internal abstract record SignInOutcome
{
    private SignInOutcome()
    {
    }

    internal sealed record Welcome(User User, Membership Membership) : SignInOutcome;

    /// <summary>Unknown name, wrong password, suspended or locked out: not told apart.</summary>
    internal sealed record Refused : SignInOutcome;
}

internal sealed class SignInHandler(UserManager<User> users, IPasswordHasher<User> hasher, CallerLookup callers)
    : IRequestHandler<SignIn, SignInOutcome>
{
    private static readonly User Nobody = new() { UserName = "nobody" };
    private static string? nobodysHash;

    public async ValueTask<SignInOutcome> Handle(SignIn request, CancellationToken cancellationToken)
    {
        var user = request.Password.Length > SecretRules.MaximumLength ? null : await users.FindByNameAsync(request.Name);
        if (user is null || await users.IsLockedOutAsync(user))
        {
            nobodysHash ??= hasher.HashPassword(Nobody, RandomNumberGenerator.GetHexString(32));
            hasher.VerifyHashedPassword(Nobody, nobodysHash, "x");
            return new SignInOutcome.Refused();
        }

        if (!await users.CheckPasswordAsync(user, request.Password))
        {
            await users.AccessFailedAsync(user);
            return new SignInOutcome.Refused();
        }

        await users.ResetAccessFailedCountAsync(user);
        return await callers.ByUserAsync(user.Id, null, cancellationToken) is var (current, membership)
            ? new SignInOutcome.Welcome(current, membership)
            : new SignInOutcome.Refused();
    }
}
