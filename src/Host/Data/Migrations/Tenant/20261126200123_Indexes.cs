using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tessera.Host.Data.Migrations.Tenant
{
    /// <inheritdoc />
    public partial class Indexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Domain",
                table: "jobs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Done",
                table: "jobs",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Target",
                table: "jobs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Total",
                table: "jobs",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "domain_indexes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Domain = table.Column<string>(type: "TEXT", nullable: false),
                    Active = table.Column<string>(type: "TEXT", nullable: false),
                    HasGaps = table.Column<bool>(type: "INTEGER", nullable: false),
                    Building = table.Column<string>(type: "TEXT", nullable: true),
                    Previous = table.Column<string>(type: "TEXT", nullable: true),
                    PreviousUntil = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_domain_indexes", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_domain_indexes_TenantId_Domain",
                table: "domain_indexes",
                columns: new[] { "TenantId", "Domain" },
                unique: true);

            // What was written until now has no vectors.
            migrationBuilder.Sql(
                """
                INSERT INTO domain_indexes (Id, TenantId, Domain, Active, HasGaps)
                SELECT hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(6)),
                    TenantId, Domain, '', 0
                FROM documents GROUP BY TenantId, Domain;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "domain_indexes");

            migrationBuilder.DropColumn(
                name: "Domain",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "Done",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "Target",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "Total",
                table: "jobs");
        }
    }
}
