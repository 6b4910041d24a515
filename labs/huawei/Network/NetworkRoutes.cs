using CloudManager.Labs.Huawei.Wire;

namespace CloudManager.Labs.Huawei.Network;

/// <summary>Virtual Private Cloud and Elastic IP (host vpc, https://support.huaweicloud.com/intl/en-us/api-vpc/ and api-eip/).</summary>
internal static class NetworkRoutes
{
    public static void Map(RouteTable routes)
    {
        MapFirst(routes.Of(Family.Flat));
        MapThird(routes.Of(Family.Gateway));
        routes
            .Of(Family.Neutron)
            .Get("/v2.0/ports", Ports.List)
            .Get("/v2.0/security-groups", NeutronGroups.List)
            .Get("/v2.0/security-groups/{id}", NeutronGroups.Show);
    }

    private static void MapFirst(RoutesOf routes) =>
        routes
            .Post("/v1/{p}/vpcs", Vpcs.Create)
            .Get("/v1/{p}/vpcs", Vpcs.List)
            .Get("/v1/{p}/vpcs/{id}", Vpcs.Show)
            .Put("/v1/{p}/vpcs/{id}", Vpcs.Update)
            .Delete("/v1/{p}/vpcs/{id}", Vpcs.Delete)
            .Post("/v1/{p}/subnets", Subnets.Create)
            .Get("/v1/{p}/subnets", Subnets.List)
            .Get("/v1/{p}/subnets/{id}", Subnets.Show)
            .Put("/v1/{p}/vpcs/{vpc}/subnets/{id}", Subnets.Update)
            .Delete("/v1/{p}/vpcs/{vpc}/subnets/{id}", Subnets.Delete)
            .Post("/v1/{p}/ports", Ports.Create)
            .Get("/v1/{p}/ports", Ports.List)
            .Get("/v1/{p}/ports/{id}", Ports.Show)
            .Put("/v1/{p}/ports/{id}", Ports.Update)
            .Delete("/v1/{p}/ports/{id}", Ports.Delete)
            .Post("/v1/{p}/security-groups", Groups.Create)
            .Get("/v1/{p}/security-groups", Groups.List)
            .Get("/v1/{p}/security-groups/{id}", Groups.Show)
            .Delete("/v1/{p}/security-groups/{id}", Groups.Delete)
            .Post("/v1/{p}/security-group-rules", Rules.Create)
            .Get("/v1/{p}/security-group-rules", Rules.List)
            .Get("/v1/{p}/security-group-rules/{id}", Rules.Show)
            .Delete("/v1/{p}/security-group-rules/{id}", Rules.Delete)
            .Get("/v1/{p}/quotas", Vpcs.Quotas)
            .Post("/v1/{p}/publicips", Addresses.Create)
            .Get("/v1/{p}/publicips", Addresses.List)
            .Get("/v1/{p}/publicips/{id}", Addresses.Show)
            .Put("/v1/{p}/publicips/{id}", Addresses.Update)
            .Delete("/v1/{p}/publicips/{id}", Addresses.Delete)
            .Post("/v2.0/{p}/publicips/{id}/tags/action", Addresses.Tag)
            .Get("/v2.0/{p}/publicips/{id}/tags", Addresses.Tags)
            .Get("/v1/{p}/bandwidths", Bandwidths.List)
            .Get("/v1/{p}/bandwidths/{id}", Bandwidths.Show)
            .Put("/v1/{p}/bandwidths/{id}", Bandwidths.Update)
            .Post("/v2.0/{p}/bandwidths", Bandwidths.CreateShared)
            .Put("/v2.0/{p}/bandwidths/{id}", Bandwidths.Update)
            .Delete("/v2.0/{p}/bandwidths/{id}", Bandwidths.DeleteShared);

    private static void MapThird(RoutesOf routes) =>
        routes
            .Post("/v3/{p}/vpc/vpcs", VpcsThird.Create)
            .Get("/v3/{p}/vpc/vpcs", VpcsThird.List)
            .Get("/v3/{p}/vpc/vpcs/{id}", VpcsThird.Show)
            .Get("/v3/{p}/vpc/virsubnets", VpcsThird.Subnets)
            .Post("/v3/{p}/vpc/security-groups", GroupsThird.Create)
            .Get("/v3/{p}/vpc/security-groups", GroupsThird.List)
            .Get("/v3/{p}/vpc/security-groups/{id}", GroupsThird.Show)
            .Put("/v3/{p}/vpc/security-groups/{id}", GroupsThird.Update)
            .Delete("/v3/{p}/vpc/security-groups/{id}", Groups.Delete)
            .Post("/v3/{p}/vpc/security-group-rules", RulesThird.Create)
            .Get("/v3/{p}/vpc/security-group-rules", RulesThird.List)
            .Get("/v3/{p}/vpc/security-group-rules/{id}", RulesThird.Show)
            .Delete("/v3/{p}/vpc/security-group-rules/{id}", Rules.Delete)
            .Post("/v3/{p}/vpc/security-groups/{id}/security-group-rules/batch-create", RulesThird.CreateMany)
            .Get("/v3/{p}/eip/publicips", AddressesThird.List)
            .Get("/v3/{p}/eip/publicips/{id}", AddressesThird.Show)
            .Post("/v3/{p}/eip/publicips/{id}/associate-instance", AddressesThird.Associate)
            .Post("/v3/{p}/eip/publicips/{id}/disassociate-instance", AddressesThird.Disassociate);
}
