using System.Reflection;
using System.Runtime.CompilerServices;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;
using Type = System.Type;

namespace CloudManager.Architecture.Tests;

/// <summary>What the rules look at: the projects, sources and assemblies of this repository.</summary>
internal static class House
{
    private const BindingFlags Everything =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    public static string Root { get; } = FindRoot();

    /// <summary>Every project under src: its assembly's name and its file.</summary>
    public static IReadOnlyDictionary<string, string> Projects { get; } =
        FilesUnder("src", "*.csproj").ToDictionary(path => Path.GetFileNameWithoutExtension(path)!);

    /// <summary>The assemblies of src as they lie beside the tests.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } =
    [
        .. Directory
            .EnumerateFiles(AppContext.BaseDirectory, "CloudManager.*.dll")
            .Where(path => !path.EndsWith(".Tests.dll", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Assembly.LoadFrom),
    ];

    /// <summary>Every type somebody wrote in src.</summary>
    public static IReadOnlyList<Type> Types { get; } = [.. Assemblies.SelectMany(Written)];

    /// <summary>Which type uses which, read from the code itself, bodies of methods and lambdas included.</summary>
    public static IReadOnlyList<Use> Uses { get; } = UsesIn([.. Assemblies]);

    /// <summary>The C# files under a folder of the repository, without what a build leaves.</summary>
    public static IReadOnlyList<string> Sources(string folder) =>
        [.. FilesUnder(folder, "*.cs").Order(StringComparer.Ordinal)];

    /// <summary>The path as it is named in the repository.</summary>
    public static string Name(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    public static IEnumerable<Type> Written(Assembly assembly) =>
        assembly
            .GetTypes()
            .Where(type =>
                !type.Name.Contains('<')
                && type.DeclaringType?.Name.Contains('<') is not true
                && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
                && type.Namespace?.StartsWith("CloudManager", StringComparison.Ordinal) is true
            );

    /// <summary>The methods somebody wrote in the type: no accessors, operators, lambdas or record members.</summary>
    public static IEnumerable<MethodInfo> Methods(Type type) =>
        type.GetMethods(Everything)
            .Where(method =>
                !method.IsSpecialName
                && !method.Name.Contains('<')
                && !method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
            );

    public static IReadOnlyList<Use> UsesIn(params Assembly[] assemblies) =>
        [
            .. new ArchLoader()
                .LoadAssemblies(assemblies)
                .Build()
                .Types.SelectMany(type => type.Dependencies, (type, dependency) => new Use(type, dependency.Target))
                .Where(use => use.User.Namespace.FullName.StartsWith("CloudManager", StringComparison.Ordinal))
                .Distinct(),
        ];

    private static IEnumerable<string> FilesUnder(string folder, string pattern)
    {
        var top = Path.Combine(Root, folder);
        return Directory
            .EnumerateFiles(top, pattern, SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(top, path).Split(Path.DirectorySeparatorChar).Any(IsBuildFolder));
    }

    private static bool IsBuildFolder(string name) => name is "obj" or "bin";

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CloudManager.sln")))
        {
            folder =
                folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder.FullName;
    }
}

/// <summary>One type uses another.</summary>
internal sealed record Use(IType User, IType Used)
{
    public string From => User.FullName;

    public string To => Used.FullName;

    public override string ToString() => $"{From} uses {To}";
}
