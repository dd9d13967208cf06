using Tessera.Host.Startup;

namespace Tessera.Integration.Startup;

public sealed class SecretFileTests : IDisposable
{
    private const string Secret = "nine-black-stones-upon-the-wet-moss";
    private readonly string folder = Directory.CreateTempSubdirectory("tessera-secrets-").FullName;

    public static TheoryData<string> Names => [.. SecretFiles.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Secret_of_a_file_is_that_of_the_variable_without_its_line_break(string name)
    {
        var file = Write(Secret + "\n");
        Assert.Equal(Secret, SecretFiles.Read(name, Variables((name + "_FILE", file))));
        Assert.Equal(Secret, SecretFiles.Read(name, Variables((name, Secret))));
        Assert.Null(SecretFiles.Read(name, Variables()));
        Assert.Throws<OptionsException>(() => SecretFiles.Read(name, Variables((name, Secret), (name + "_FILE", file))));
    }

    [Fact]
    public void Options_read_their_secrets_from_files_and_nothing_else_does()
    {
        var file = Write(Secret);
        var read = OptionsReader.FromEnvironment(Variables(
            ("TESSERA_ADMIN_PASSWORD_FILE", file), ("TESSERA_ADMIN_KEY_FILE", file), ("TESSERA_METRICS_KEY_FILE", file), ("TESSERA_HUB_TOKEN_FILE", file),
            ("OTEL_EXPORTER_OTLP_HEADERS_FILE", file), ("TESSERA_HOSTS_FILE", file)));
        Assert.Equal([Secret, Secret, Secret, Secret, Secret], [read.AdminPassword!, read.AdminKey!, read.MetricsKey!, read.HubToken!, read.OtlpHeaders!]);
        Assert.Empty(read.AllowedHosts);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("one\ntwo\n")]
    [InlineData(null)]
    public void File_that_holds_no_secret_stops_the_start_without_showing_it(string? content)
    {
        var file = content is null ? Path.Combine(folder, "absent") : Write(content);
        var fault = Assert.Throws<OptionsException>(() => OptionsReader.FromEnvironment(Variables(("TESSERA_ADMIN_KEY_FILE", file))));
        Assert.Contains("TESSERA_ADMIN_KEY_FILE", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("one", fault.Message.Replace("not hold one line", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_is_none_of_a_secret_is_not_read_whole()
    {
        var file = Write(new string('x', 1 << 20));
        Assert.Throws<OptionsException>(() => OptionsReader.FromEnvironment(Variables(("TESSERA_ADMIN_KEY_FILE", file))));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Write(string content)
    {
        var file = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        File.WriteAllText(file, content);
        return file;
    }

    private static Func<string, string?> Variables(params (string Name, string Value)[] set) =>
        name => set.FirstOrDefault(variable => variable.Name == name).Value;
}
