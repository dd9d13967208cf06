using Microsoft.AspNetCore.Authorization;

namespace Tessera.Host.Identity;

/// <summary>What an endpoint asks of its caller; read by authorisation and by the access matrix.</summary>
internal sealed record RequiredRight(Right Right) : IAuthorizationRequirement;
