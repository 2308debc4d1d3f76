-- What a property is offered for is the property's own now.
update properties.properties p set purpose = 'rent', rent_period = coalesce(a.rent_period, 'year')
from marketing.adverts a where a.property_id = p.id and a.organization_id = p.organization_id and a.purpose = 'rent';
alter table marketing.adverts drop column purpose, drop column rent_period;
