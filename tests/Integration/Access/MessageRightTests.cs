using Mediator;
using Tessera.Host.Identity;

namespace Tessera.Integration.Access;

/// <summary>The portal sends messages without coming through a route: each asks for its right itself.</summary>
public sealed class MessageRightTests
{
    // Whoever signs in is nobody yet.
    private static readonly Type[] Open = [typeof(SignIn)];

    [Fact]
    public void Message_asks_for_a_right()
    {
        var messages = typeof(SignIn).Assembly.GetTypes().Where(IsMessage).ToList();
        Assert.True(messages.Count > 20);
        Assert.Empty(messages.Where(type => IsUnguarded(type)).Except(Open));
    }

    [Fact]
    public void Offender_is_caught() => Assert.True(IsMessage(typeof(Offender)) && IsUnguarded(typeof(Offender)));

    private static bool IsMessage(Type type) => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IMessage));

    private static bool IsUnguarded(Type type) => !type.IsAssignableTo(typeof(IRequireRight));

    private sealed record Offender : IMessage;
}
