#!/usr/bin/perl
# The full job with MARC::Batch and DBD::SQLite, as bench/peers/marcjs.mjs does it; no MARC-8 decoding.
#
#     perl bench/peers/marc-batch.pl DATABASE FILE
use strict;
use warnings;
use DBI;
use MARC::Batch;
use Unicode::Normalize qw(NFD);

my ($path, $file) = @ARGV;
my $source = 'sample-marc';

my @rules = (
    ['title',            qr/^245$/,      'abnp',  ' '],
    ['creators',         qr/^1[01]0$/,   'abcdq', ';'],
    ['contributors',     qr/^7[01]0$/,   'abcdq', ';'],
    ['publisher',        qr/^26[04]$/,   'b',     ' '],
    ['edition',          qr/^250$/,      'ab',    ' '],
    ['series',           qr/^490$/,      'av',    ' '],
    ['publication_date', qr/^26[04]$/,   'c',     ' '],
    ['subjects',         qr/^65[01]$/,   'axyz',  ';'],
    ['description',      qr/^5(?:20|00)$/, 'ab',  ' '],
    ['lcc',              qr/^050$/,      'ab',    ';'],
    ['isbn',             qr/^020$/,      'a',     ';'],
    ['issn',             qr/^022$/,      'a',     ';'],
    ['lccn',             qr/^010$/,      'a',     ';'],
    ['oclc_number',      qr/^035$/,      'a',     ';'],
    ['url',              qr/^856$/,      'u',     ' '],
);

my $dbh = DBI->connect("dbi:SQLite:dbname=$path", '', '', { RaiseError => 1, AutoCommit => 1 });
$dbh->do('PRAGMA journal_mode = WAL');
$dbh->do('PRAGMA synchronous = NORMAL');
my @names = map { $_->[0] } @rules;
$dbh->do('CREATE TABLE IF NOT EXISTS record_info (record_id INTEGER PRIMARY KEY, '
    . join(', ', map { "$_ TEXT" } @names)
    . ', title_key TEXT, foreign_source TEXT, foreign_id TEXT, date_modified TEXT)');
$dbh->do('CREATE UNIQUE INDEX IF NOT EXISTS by_id ON record_info (foreign_source, foreign_id)');
$dbh->do('CREATE INDEX IF NOT EXISTS by_title ON record_info (title_key)');

push @names, qw(title_key foreign_source foreign_id date_modified);
my $find = $dbh->prepare(
    'SELECT record_id FROM record_info WHERE foreign_source = ? AND foreign_id = ?');
my $duplicate = $dbh->prepare(
    'SELECT record_id FROM record_info WHERE title_key = ? AND foreign_source <> ? LIMIT 1');
my $insert = $dbh->prepare('INSERT INTO record_info (' . join(', ', @names)
    . ') VALUES (' . join(', ', map { '?' } @names) . ')');
my $update = $dbh->prepare('UPDATE record_info SET '
    . join(', ', map { "$_ = ?" } @names) . ' WHERE record_id = ?');

my $batch = MARC::Batch->new('USMARC', $file);
$batch->strict_off();
$batch->warnings_off();
$SIG{__WARN__} = sub { };    # damaged directories make Perl itself warn
my $count = 0;
$dbh->begin_work;
while (1) {
    my $record = eval { $batch->next() };
    next if $@;
    last unless $record;
    import_record($record);
    if (++$count % 1000 == 0) { $dbh->commit; $dbh->begin_work; }
}
$dbh->commit;

sub import_record {
    my ($record) = @_;
    my $control = $record->field('001') or return;
    my $id = $control->data;
    $id =~ s/^\s+|\s+$//g;
    my @texts = extract($record);
    my $key = NFD($texts[0]);
    $key =~ s/\p{M}+//g;
    $key = lc $key;
    $key =~ s/[^\p{L}\p{N}]+/ /g;
    $key =~ s/^ | $//g;
    my @row = (@texts, $key, $source, $id, scalar time);
    $find->execute($source, $id);
    my ($existing) = $find->fetchrow_array;
    $find->finish;
    return $update->execute(@row, $existing) if defined $existing;
    $duplicate->execute($key, $source);
    my $found = $duplicate->fetchrow_arrayref;
    $duplicate->finish;
    $insert->execute(@row) unless $found;
}

sub extract {
    my ($record) = @_;
    my @fields = $record->fields;
    my @texts;
    for my $rule (@rules) {
        my (undef, $tags, $codes, $join) = @$rule;
        my @found;
        for my $field (@fields) {
            next if $field->tag !~ $tags || $field->is_control_field;
            my $text = join ' ', map { $_->[1] } grep { index($codes, $_->[0]) >= 0 } $field->subfields;
            push @found, $text if $text ne '';
        }
        push @texts, join $join, @found;
    }
    return @texts;
}
