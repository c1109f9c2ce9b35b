# A repository of OAI-PMH made with ruby-oai, on a port of the loopback that it prints.
#
#     ruby ruby-oai-repository.rb CHECKOUT RECORDS PAGE
#
# CHECKOUT is a checkout of ruby-oai, RECORDS a file of JSON that is read anew for each request, PAGE
# the records a page.

require "json"
require "time"
require "webrick"

checkout, path, page = ARGV
$LOAD_PATH.unshift("#{checkout}/lib")
require "oai/provider"

Item = Struct.new(:id, :updated_at, :deleted, :sets, :dc) do
  OAI::Provider::Metadata::DublinCore.instance.fields.each do |field|
    define_method(field == :rights ? "rights" : "#{field}s") { dc.fetch(field.to_s, []) }
  end

  def coverages = dc.fetch("coverage", [])
end

class Items < OAI::Provider::Model
  def initialize(path, limit)
    super(limit)
    @path = path
  end

  def earliest = items.map(&:updated_at).min
  def latest = items.map(&:updated_at).max
  def sets = items.flat_map(&:sets).uniq(&:spec)

  def find(selector, options = {})
    return items.find { |item| item.id == selector } unless selector == :all

    token = options[:resumption_token] && OAI::Provider::ResumptionToken.parse(options[:resumption_token])
    asked = token ? token.to_conditions_hash : options
    found = items.select { |item| wanted?(item, asked) }
    from = token ? token.last : 0
    return found if from.zero? && found.size <= limit

    more = from + limit < found.size ? from + limit : nil
    answered = token || OAI::Provider::ResumptionToken.new(options, nil, found.size)
    OAI::Provider::PartialResult.new(found[from, limit] || [], answered.next(more))
  end

  private

  def wanted?(item, asked)
    set, from, till = asked.values_at(:set, :from, :until)
    (set.nil? || item.sets.any? { |one| "#{one.spec}:".start_with?("#{set}:") }) &&
      (from.nil? || item.updated_at >= from.to_time) &&
      (till.nil? || item.updated_at <= till.to_time)
  end

  def items
    JSON.parse(File.read(@path)).map do |one|
      sets = one["sets"].map { |spec| OAI::Set.new(spec: spec, name: spec) }
      Item.new(one["id"], Time.parse(one["datestamp"]).utc, one["deleted"], sets, one["dc"])
    end
  end
end

class Repository < OAI::Provider::Base
  repository_name "ruby-oai"
  record_prefix "oai:r.example.org"
  admin_email "a@example.org"
  deletion_support OAI::Const::Delete::PERSISTENT
end
Repository.model = Items.new(path, page.to_i)

server = WEBrick::HTTPServer.new(
  BindAddress: "127.0.0.1", Port: 0, AccessLog: [], Logger: WEBrick::Log.new(File::NULL)
)
url = "http://127.0.0.1:#{server.config[:Port]}/oai"
server.mount_proc("/oai") do |request, response|
  response["Content-Type"] = "text/xml"
  response.body = Repository.new.process_request(request.query.merge("url" => url))
end
puts url
$stdout.flush
server.start
