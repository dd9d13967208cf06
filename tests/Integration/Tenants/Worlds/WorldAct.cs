namespace Tessera.Integration.Tenants.Worlds;

/// <summary>What may happen in a world.</summary>
internal enum WorldAct
{
    Upload,
    Delete,
    Retry,
    Read,
    Search,
    Explain,
    Ask,
    Converse,
    EndConversation,
    Complete,
    AddQuestion,
    AddKey,
    ChangeJob,
    NameServer,
    SwitchDomain,
    DropTenant,

    /// <summary>With ids of another tenant at one's own doors.</summary>
    Trespass,

    /// <summary>Past the doors, at the rows.</summary>
    Forge,
}
