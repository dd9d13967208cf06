using System.Diagnostics;
using System.Text.Json;
using Tessera.Host.Startup;

namespace Tessera.Architecture;

/// <summary>What the house asks of each service of the compose file beyond its schema.</summary>
public sealed class ComposeRules
{
    private static readonly string[] Stores = ["postgres", "qdrant"];

    [Fact]
    public void Services_are_pinned_bounded_and_shut_in() => Assert.Empty(Faults(House.Read("docker-compose.yml")));

    [Theory]
    [InlineData("    image: qdrant/qdrant:v1.15.4-unprivileged", "    image: qdrant/qdrant:latest", "qdrant: image is not pinned")]
    [InlineData("  read_only: true", "  read_only: false", "postgres: its root can be written")]
    [InlineData("    - ALL", "    - NET_RAW", "tessera: keeps capabilities")]
    [InlineData("    - no-new-privileges:true", "    - no-new-privileges:false", "model: may gain privileges")]
    [InlineData("          pids: 512", "          # none", "tessera: no limit of pids")]
    [InlineData("    user: 999:999", "    user: 0:0", "postgres: runs as root")]
    [InlineData("        condition: service_healthy", "        condition: service_started", "tessera: does not wait for postgres to be healthy")]
    [InlineData("POSTGRES_PASSWORD_FILE: /run/secrets/postgres_password", "POSTGRES_PASSWORD: moss", "postgres: POSTGRES_PASSWORD is a secret in the open")]
    [InlineData("TESSERA_METRICS_KEY_FILE:", "TESSERA_METRIKS_KEY_FILE:", "tessera: nobody reads TESSERA_METRIKS_KEY_FILE")]
    [InlineData("    internal: true", "    internal: false", "stores: is no network of its own")]
    [InlineData("    shm_size: 1g", "    ports: ['127.0.0.1:5432:5432']", "postgres: is published")]
    public void Offender_is_caught(string good, string bad, string fault)
    {
        var compose = House.Read("docker-compose.yml");
        Assert.Contains(good, compose, StringComparison.Ordinal);
        Assert.Contains(fault, Faults(compose.Replace(good, bad, StringComparison.Ordinal)));
    }

    [Fact]
    public void Script_makes_every_secret_that_the_compose_file_names()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It is a shell script.");
        using var compose = JsonDocument.Parse(LintTool.ToJson(House.Read("docker-compose.yml")));
        var folder = Directory.CreateTempSubdirectory("tessera-secrets-");
        try
        {
            Make(folder.FullName);
            var made = Secrets(compose).ToDictionary(file => file, file => File.ReadAllText(Path.Combine(folder.FullName, file)));
            Assert.True(made.Count > 5);
            Assert.All(made.Values, text => Assert.True(text.Length >= 32));
            Assert.Contains(made["./secrets/postgres_app_password"], made["./secrets/postgres_connection"], StringComparison.Ordinal);

            // Run again, it changes nothing.
            Make(folder.FullName);
            Assert.All(made, file => Assert.Equal(file.Value, File.ReadAllText(Path.Combine(folder.FullName, file.Key))));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Make(string folder)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", [Path.Combine(House.Root, "deploy", "secrets.sh")]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static IEnumerable<string> Secrets(JsonDocument compose) =>
        compose.RootElement.GetProperty("secrets").EnumerateObject().Select(secret => secret.Value.GetProperty("file").GetString()!);

    private static List<string> Faults(string yaml)
    {
        using var compose = JsonDocument.Parse(LintTool.ToJson(yaml));
        var services = compose.RootElement.GetProperty("services").EnumerateObject().ToList();
        Assert.True(services.Count >= 4);
        var faults = services.SelectMany(service => Faults(service.Name, service.Value)).ToList();
        if (!(compose.RootElement.GetProperty("networks").GetProperty("stores") is { ValueKind: JsonValueKind.Object } stores && stores.TryGetProperty("internal", out var shut) && shut.GetBoolean()))
        {
            faults.Add("stores: is no network of its own");
        }

        return faults;
    }

    private static IEnumerable<string> Faults(string name, JsonElement service)
    {
        var isOurs = service.TryGetProperty("build", out _);
        if (!isOurs && !IsPinned(service.GetProperty("image").GetString()!))
        {
            yield return $"{name}: image is not pinned";
        }

        if (!service.GetProperty("read_only").GetBoolean())
        {
            yield return $"{name}: its root can be written";
        }

        if (!Texts(service, "cap_drop").Contains("ALL") || service.TryGetProperty("cap_add", out _))
        {
            yield return $"{name}: keeps capabilities";
        }

        if (!Texts(service, "security_opt").Contains("no-new-privileges:true"))
        {
            yield return $"{name}: may gain privileges";
        }

        // An image that is unprivileged says so in its name; ours says so in the Dockerfile.
        var user = service.TryGetProperty("user", out var set) ? set.GetString()! : null;
        if (user is null ? !isOurs && !service.GetProperty("image").GetString()!.EndsWith("-unprivileged", StringComparison.Ordinal) : user.StartsWith("0:", StringComparison.Ordinal))
        {
            yield return $"{name}: runs as root";
        }

        foreach (var limit in (string[])["cpus", "memory", "pids"])
        {
            if (!service.GetProperty("deploy").GetProperty("resources").GetProperty("limits").TryGetProperty(limit, out _))
            {
                yield return $"{name}: no limit of {limit}";
            }
        }

        if (!isOurs && !service.TryGetProperty("healthcheck", out _))
        {
            yield return $"{name}: no health check";
        }

        if (service.TryGetProperty("depends_on", out var dependencies))
        {
            foreach (var other in dependencies.EnumerateObject().Where(other => other.Value.GetProperty("condition").GetString() != "service_healthy"))
            {
                yield return $"{name}: does not wait for {other.Name} to be healthy";
            }
        }

        foreach (var variable in service.TryGetProperty("environment", out var environment) ? environment.EnumerateObject().Select(variable => variable.Name) : [])
        {
            var isFile = variable.EndsWith("_FILE", StringComparison.Ordinal);
            if (!isFile && (variable.EndsWith("PASSWORD", StringComparison.Ordinal) || variable.EndsWith("_KEY", StringComparison.Ordinal) || SecretFiles.Names.Contains(variable)))
            {
                yield return $"{name}: {variable} is a secret in the open";
            }

            if (isFile && isOurs && !SecretFiles.Names.Contains(variable[..^"_FILE".Length]))
            {
                yield return $"{name}: nobody reads {variable}";
            }
        }

        if (Stores.Contains(name) && (service.TryGetProperty("ports", out _) || !Texts(service, "networks").SequenceEqual(["stores"])))
        {
            yield return $"{name}: is published";
        }
    }

    private static bool IsPinned(string image) => image.Split(':') is [_, { } tag] && tag != "latest" && tag.Any(char.IsAsciiDigit);

    private static List<string> Texts(JsonElement service, string name) =>
        service.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [];
}
