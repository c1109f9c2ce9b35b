# A repository of OAI-PMH made with Catmandu's plugin for Dancer, on a port of the loopback that it prints.
#
#     perl dancer-repository.pl RECORDS PAGE
#
# RECORDS is a file of JSON that is read anew for each request, PAGE the records a page.

use Catmandu::Sane;
use Catmandu;
use Dancer;
use Dancer::Plugin::Catmandu::OAI;
use FindBin;
use IO::Socket::INET;
use lib "$FindBin::Bin/lib";

my ($path, $page) = @ARGV;
Catmandu->config->{store}{items} = {package => 'Items', options => {path => $path}};

my %sets = map { $_ => 1 } map { @{$_->{sets}} } @{Catmandu->store('items')->bag('items')->to_array};
my $template = <<'TT';
<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
[%- FOREACH element IN dc.keys.sort %][% FOREACH value IN dc.$element %]
<dc:[% element %]>[% value | xml %]</dc:[% element %]>
[%- END %][% END %]
</oai_dc:dc>
TT

oai_provider '/oai',
    store                => 'items',
    bag                  => 'items',
    datestamp_field      => 'datestamp',
    repositoryName       => 'Catmandu',
    repositoryIdentifier => 'r.example.org',
    adminEmail           => 'a@example.org',
    deletedRecord        => 'persistent',
    delimiter            => ':',
    sampleIdentifier     => 'oai:r.example.org:1',
    limit                => $page,
    deleted              => sub { $_[0]{deleted} },
    set_specs_for        => sub { $_[0]{sets} },
    sets                 => [map { {setSpec => $_, setName => $_, cql => qq(set exact "$_")} } sort keys %sets],
    metadata_formats     => [
        {
            metadataPrefix    => 'oai_dc',
            schema            => 'http://www.openarchives.org/OAI/2.0/oai_dc.xsd',
            metadataNamespace => 'http://www.openarchives.org/OAI/2.0/oai_dc/',
            template          => \$template,
        },
    ];

# The framework wants to be told its port; the one that is free now is most likely so a moment later.
my $port = do { IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 1)->sockport };
set server => '127.0.0.1', port => $port, log => 'error', logger => 'console', startup_info => 0, charset => 'UTF-8';
$| = 1;
print "http://127.0.0.1:$port/oai\n";
dance;
